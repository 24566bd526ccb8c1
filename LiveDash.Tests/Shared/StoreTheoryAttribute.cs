using Xunit.Sdk;

namespace LiveDash.Tests.Shared;

/// <summary>The same for a test with arguments.</summary>
[XunitTestCaseDiscoverer("LiveDash.Tests.Shared.StoreTheoryDiscoverer", "LiveDash.Tests")]
public sealed class StoreTheoryAttribute : TheoryAttribute;

using Xunit.Sdk;

namespace LiveDash.Tests.Shared;

/// <summary>A test of a contract that several classes inherit; a class that needs a server says so by <see cref="NeedsServerAttribute"/>.</summary>
[XunitTestCaseDiscoverer("LiveDash.Tests.Shared.StoreFactDiscoverer", "LiveDash.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

using Xunit.Abstractions;
using Xunit.Sdk;

namespace LiveDash.Tests.Shared;

/// <summary>A test that is skipped where its class needs a server that is not there.</summary>
public sealed class StoreTestCase : XunitTestCase
{
    /// <summary>For deserialization by the test runner.</summary>
    [Obsolete("For the test runner alone.")]
    public StoreTestCase()
    {
    }

    /// <summary>A test, with its row of data where it has one.</summary>
    public StoreTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, object[]? arguments)
        : base(messages, display, options, method, arguments)
    {
    }

    /// <inheritdoc/>
    protected override string GetSkipReason(IAttributeInfo factAttribute) => base.GetSkipReason(factAttribute) ?? NeedsServerAttribute.SkipReason(TestMethod) ?? NeedsPostgresAttribute.SkipReason(TestMethod) ?? NeedsRedisAttribute.SkipReason(TestMethod)!;
}

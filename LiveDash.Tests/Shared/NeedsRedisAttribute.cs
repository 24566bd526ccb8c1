using Xunit.Abstractions;

namespace LiveDash.Tests.Shared;

/// <summary>The tests of a class run against Debian's redis-server: skipped aloud where there is none, but a failure where <c>CI</c> is true.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRedisAttribute : Attribute
{
    /// <summary>Why a test cannot run; null where it can.</summary>
    public static string? SkipReason(ITestMethod method) =>
        RedisServer.Program is null && Environment.GetEnvironmentVariable("CI") != "true" && method.TestClass.Class.GetCustomAttributes(typeof(NeedsRedisAttribute)).Any()
            ? "redis-server is not installed (apt-get install redis-server)." : null;
}

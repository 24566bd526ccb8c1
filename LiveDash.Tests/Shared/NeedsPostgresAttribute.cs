using Xunit.Abstractions;

namespace LiveDash.Tests.Shared;

/// <summary>The tests of a class run against Debian's PostgreSQL: skipped aloud where there is none, but a failure where <c>CI</c> is true.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute
{
    /// <summary>Why a test cannot run; null where it can.</summary>
    public static string? SkipReason(ITestMethod method) =>
        PostgresServer.Programs is null && Environment.GetEnvironmentVariable("CI") != "true" && method.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute)).Any()
            ? "PostgreSQL is not installed (apt-get install postgresql)." : null;
}

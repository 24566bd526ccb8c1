using Xunit.Abstractions;

namespace LiveDash.Tests.Shared;

/// <summary>The tests of a class need a server whose address is in a variable of the environment: without it they are skipped, and say so.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsServerAttribute(string variable, string what) : Attribute
{
    /// <summary>The variable.</summary>
    public string Variable { get; } = variable;

    /// <summary>What it names, for people.</summary>
    public string What { get; } = what;

    /// <summary>Why a test's class cannot run; null where it can.</summary>
    public static string? SkipReason(ITestMethod method)
    {
        var needs = method.TestClass.Class.GetCustomAttributes(typeof(NeedsServerAttribute)).FirstOrDefault();
        if (needs is null) return null;
        var arguments = needs.GetConstructorArguments().Cast<string>().ToArray();
        return string.IsNullOrEmpty(Environment.GetEnvironmentVariable(arguments[0])) ? $"{arguments[0]} is not set: it names {arguments[1]}." : null;
    }
}

using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Rules;

/// <summary>A test with the public collections of rules, and where it says so with a program; skipped with a reason where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicRulesFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery whether to skip.</summary>
    /// <param name="program">A program it needs; empty for none.</param>
    public PublicRulesFactAttribute(string program = "")
    {
        if (PublicRules.Folder is null) Skip = "There are no public rules beside the repository (shared/rules-public).";
        else if (program.Length > 0 && Tool.Find(program) is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Skip = "Not installed: " + program;
    }
}

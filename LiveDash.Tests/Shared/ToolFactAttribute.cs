namespace LiveDash.Tests.Shared;

/// <summary>
/// A test with true software of the system. Where a program is missing it is reported as skipped with its name; where the environment says <c>CI</c> it runs all the same, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery whether to skip.</summary>
    /// <param name="names">The programs it needs.</param>
    public ToolFactAttribute(params string[] names)
    {
        Timeout = 180_000;
        var missing = names.Where(static name => Tool.Find(name) is null).ToList();
        if (missing.Count > 0 && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Skip = "Not installed: " + string.Join(", ", missing);
    }
}

namespace LiveDash.Tests.Shared;

/// <summary>A test with a module of the system's Python: skipped aloud where it is missing, but a failure where the environment says <c>CI</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    /// <summary>Where Debian's packages put modules.</summary>
    private const string Modules = "/usr/lib/python3/dist-packages";

    /// <summary>Decides at discovery whether to skip.</summary>
    /// <param name="module">The module that it needs.</param>
    public PythonFactAttribute(string module)
    {
        Timeout = 120_000;
        if (!Directory.Exists(Path.Combine(Modules, module)) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Skip = $"Not installed: python3-{module}";
    }
}

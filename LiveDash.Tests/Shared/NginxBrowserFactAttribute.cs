namespace LiveDash.Tests.Shared;

/// <summary>A test that needs a browser and Debian's nginx. Without either it is reported as skipped with the reason; where the environment says <c>CI</c> it runs all the same, and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxBrowserFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery whether to skip.</summary>
    public NginxBrowserFactAttribute()
    {
        Timeout = 120_000;
        if (Browser.ExecutablePath is null && !Browser.IsRequired) Skip = Browser.MissingMessage;
        else if (Tool.Find("nginx") is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Skip = "Not installed: nginx";
    }
}

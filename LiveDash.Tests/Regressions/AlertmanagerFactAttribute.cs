namespace LiveDash.Tests.Regressions;

/// <summary>A test that needs Debian's prometheus-alertmanager with amtool. Without them it is skipped and says so; where the environment says <c>CI</c> it runs and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlertmanagerFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery whether to skip.</summary>
    public AlertmanagerFactAttribute()
    {
        Timeout = 300_000;
        if (!File.Exists(TrueAlertmanager.Amtool) && Environment.GetEnvironmentVariable("CI") is null or "") Skip = "prometheus-alertmanager is not installed (apt-get install prometheus-alertmanager).";
    }
}

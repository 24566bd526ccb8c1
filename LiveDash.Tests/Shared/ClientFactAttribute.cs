namespace LiveDash.Tests.Shared;

/// <summary>
/// A test with clients of npm, which <c>npm install --prefix LiveDash.Tests/Senders/Clients</c> fetches once. Where they are missing it is reported as skipped; where the environment says <c>CI</c> it runs all the
/// same, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery whether to skip.</summary>
    public ClientFactAttribute()
    {
        Timeout = 180_000;
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Skip = "Not there: npm install --prefix LiveDash.Tests/Senders/Clients";
    }

    /// <summary>Where they stand.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LiveDash.sln"))) return Path.Combine(folder.FullName, "LiveDash.Tests", "Senders", "Clients");
        }

        return AppContext.BaseDirectory;
    }
}

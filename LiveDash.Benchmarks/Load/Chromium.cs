namespace LiveDash.Benchmarks.Load;

/// <summary>The browser that benchmarks drive.</summary>
internal static class Chromium
{
    /// <summary>What to print where there is none.</summary>
    public const string Missing = "skipped: no Chromium found; name it in LIVEDASH_CHROMIUM";

    /// <summary>Its program; null where there is none.</summary>
    public static string? Path { get; } =
        new[] { Environment.GetEnvironmentVariable("LIVEDASH_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
}

using System.Collections.Concurrent;
using SkiaSharp;

namespace LiveDash.Core.Plots.Skia;

/// <summary>
/// The system's fonts, asked last: by Skia's own font manager where the system has one, and on Linux, where Skia is built without fontconfig, by the files of
/// the usual folders. At most <see cref="MostFiles"/> are opened, once. Thread-safe.
/// </summary>
internal static class SystemFonts
{
    private const int MostFiles = 400;
    private static readonly Lazy<IReadOnlyList<FontFace>> s_files = new(Open);
    // One for each code point that was ever asked for; there are some 150,000 at most.
    private static readonly ConcurrentDictionary<int, FontFace?> s_found = new();

    /// <summary>A font that has the whole cluster, or null.</summary>
    internal static FontFace? For(ReadOnlySpan<int> cluster)
    {
        var face = s_found.GetOrAdd(cluster[0], Find);
        return face is not null && FontShelf.HasAll(face, cluster) ? face : null;
    }

    private static FontFace? Find(int code)
    {
        if (FontShelf.IsInvisible(code)) return null;
        if (!OperatingSystem.IsLinux()) return SKFontManager.Default.MatchCharacter(code) is { } match ? new FontFace(match) : null;
        return s_files.Value.FirstOrDefault(face => face.Has(code));
    }

    private static List<FontFace> Open()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local/share/fonts"), Path.Combine(home, ".fonts")];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        return [.. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
            .Where(static file => Path.GetExtension(file).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc")
            .Order(StringComparer.Ordinal)
            .Take(MostFiles)
            .Select(static file => SKTypeface.FromFile(file))
            .Where(static typeface => typeface is not null)
            .Select(static typeface => new FontFace(typeface))];
    }
}

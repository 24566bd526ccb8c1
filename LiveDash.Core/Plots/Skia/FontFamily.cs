using System.Collections.Concurrent;
using SkiaSharp;

namespace LiveDash.Core.Plots.Skia;

/// <summary>A family of the <c>fonts</c> folder beside the program and which code points it is asked for. Each weight is read when it is first needed. Thread-safe.</summary>
/// <param name="Stem">The files' name up to the weight.</param>
/// <param name="May">The code points it may have; a file of megabytes is not opened for others.</param>
internal sealed record FontFamily(string Stem, Func<int, bool> May)
{
    private readonly ConcurrentDictionary<bool, FontFace?> _faces = new();

    /// <summary>The face of a weight, or null where the file is not there.</summary>
    internal FontFace? Face(bool bold) => _faces.GetOrAdd(bold, Open);

    private FontFace? Open(bool bold)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "fonts", $"{Stem}-{(bold ? 600 : 400)}-normal.woff");
        if (!File.Exists(file)) return null;
        return SKTypeface.FromFile(file) is { } typeface ? new FontFace(typeface) : null;
    }
}

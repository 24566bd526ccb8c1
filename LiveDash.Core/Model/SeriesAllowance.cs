namespace LiveDash.Core.Model;

/// <summary>Which series somebody may send, by patterns: each series is matched once and remembered, so a point costs one look into an array. Thread-safe.</summary>
public sealed class SeriesAllowance
{
    private const byte Yes = 1;
    private const byte No = 2;

    private readonly SeriesCatalog _catalog;
    private readonly SeriesPattern[] _patterns;
    // A byte a series, so bounded by Limits.MaxSeries; replaced by a longer one, never changed in length.
    private byte[] _known = [];

    /// <summary>Makes one.</summary>
    /// <param name="catalog">The series there are.</param>
    /// <param name="patterns">Patterns that can be read; any of them allows.</param>
    /// <exception cref="FormatException">One cannot.</exception>
    public SeriesAllowance(SeriesCatalog catalog, IEnumerable<string> patterns)
    {
        _catalog = catalog;
        _patterns = [.. patterns.Select(static text => SeriesPattern.TryParse(text, out var pattern) ? pattern! : throw new FormatException($"'{text}' is no pattern of series."))];
    }

    /// <summary>Whether a series of the catalog may be sent.</summary>
    public bool Allows(int series)
    {
        var known = Volatile.Read(ref _known);
        if (series < known.Length && known[series] is var answer and not 0) return answer == Yes;
        return Match(series);
    }

    /// <summary>The series as people write it.</summary>
    public string NameOf(int series) => _catalog[series].ToString();

    private bool Match(int series)
    {
        var key = _catalog[series];
        var allowed = Array.Exists(_patterns, pattern => pattern.Matches(key));
        var known = Volatile.Read(ref _known);
        if (series >= known.Length)
        {
            // What another thread learned meanwhile is matched again: it comes to the same.
            Array.Resize(ref known, Math.Max(series + 1, known.Length * 2));
            known[series] = allowed ? Yes : No;
            Volatile.Write(ref _known, known);
        }
        else
        {
            known[series] = allowed ? Yes : No;
        }

        return allowed;
    }
}

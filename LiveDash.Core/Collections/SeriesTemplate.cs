namespace LiveDash.Core.Collections;

/// <summary>A series name with paths in braces. Immutable.</summary>
internal sealed class SeriesTemplate
{
    private SeriesTemplate(IReadOnlyList<(string Text, bool IsPath)> parts)
    {
        Parts = parts;
        Paths = [.. parts.Where(static part => part.IsPath).Select(static part => part.Text)];
    }

    /// <summary>Texts and paths, in order.</summary>
    public IReadOnlyList<(string Text, bool IsPath)> Parts { get; }

    /// <summary>The paths.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Reads one; false where a brace stands alone or nothing stands in it.</summary>
    public static bool TryParse(string text, out SeriesTemplate? template)
    {
        template = null;
        var parts = new List<(string, bool)>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var plain = open < 0 ? text[at..] : text[at..open];
            if (plain.Contains('}', StringComparison.Ordinal)) return false;
            if (plain.Length > 0) parts.Add((plain, false));
            if (open < 0) break;
            var close = text.IndexOf('}', open);
            if (close < open + 2) return false;
            parts.Add((text[(open + 1)..close], true));
            at = close + 1;
        }

        if (parts.Count == 0) return false;
        template = new SeriesTemplate(parts);
        return true;
    }
}

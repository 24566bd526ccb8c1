namespace LiveDash.Web.ViewModels;

/// <summary>Shows the place of a fault in a text: the line, or the part of it around the place, and a caret under it. Pure.</summary>
public static class RuleCaret
{
    /// <summary>How many characters are shown at most.</summary>
    public const int MaxWidth = 44;

    /// <summary>Two lines.</summary>
    public static string Point(string text, int at)
    {
        at = Math.Clamp(at, 0, text.Length);
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var stop = text.IndexOf('\n', at);
        var line = text[start..(stop < 0 ? text.Length : stop)].Replace('\t', ' ').TrimEnd('\r');
        var column = Math.Min(at - start, line.Length);
        var from = Math.Max(0, Math.Min(column - (MaxWidth / 2), line.Length - MaxWidth));
        var to = Math.Min(line.Length, from + MaxWidth);
        var before = from > 0 ? "…" : "";
        return $"{before}{line[from..to]}{(to < line.Length ? "…" : "")}\n{new string(' ', before.Length + column - from)}^";
    }
}

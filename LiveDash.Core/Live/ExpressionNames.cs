using System.Text.RegularExpressions;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Live;

/// <summary>What the lines of an expression are called beside one another: by a template, or by the labels that differ. Stateless.</summary>
public static partial class ExpressionNames
{
    /// <summary>Names for label sets, in their order.</summary>
    /// <param name="lines">The label sets.</param>
    /// <param name="legend">A template in which <c>{{host}}</c> stands for a label's value; empty for none.</param>
    /// <param name="expr">What a line without any label is called.</param>
    public static LineNames Of(IReadOnlyList<LabelSet> lines, string legend, string expr)
    {
        if (legend.Length > 0) return new("", "series", [.. lines.Select(labels => Fill(legend, labels))]);
        if (lines.Count < 2) return new("", "series", [.. lines.Select(labels => Text(labels, expr))]);
        var shared = lines[0].Pairs.Where(pair => lines.All(labels => labels[pair.Key] == pair.Value)).ToList();
        var differing = lines.SelectMany(static labels => labels.Pairs).Select(static pair => pair.Key).Distinct()
            .Except(shared.Select(static pair => pair.Key)).Order(StringComparer.Ordinal).ToList();
        var head = string.Join(", ", shared.OrderBy(static pair => pair.Key != LabelNames.Name).Select(static pair => pair.Key == LabelNames.Name ? pair.Value : $"{pair.Key}={pair.Value}"));
        return new(head, differing.Contains(LabelNames.Name) ? "series" : string.Join(", ", differing), [.. lines.Select(labels => Label(labels, differing, expr))]);
    }

    /// <summary>A label set alone; the expression where it has no label.</summary>
    public static string Text(LabelSet labels, string expr) => labels.Pairs.Count == 0 ? expr : labels.ToString();

    private static string Fill(string legend, LabelSet labels) => Place().Replace(legend, match => labels[match.Groups[1].Value]);

    // With one label its value says all; with more each says which it is.
    private static string Label(LabelSet labels, List<string> differing, string expr)
    {
        var said = differing.Where(name => labels[name].Length > 0).Select(name => differing.Count == 1 || name == LabelNames.Name ? labels[name] : $"{name}={labels[name]}").ToList();
        return said.Count == 0 ? Text(labels, expr) : string.Join(' ', said);
    }

    [GeneratedRegex(@"\{\{\s*([^{}\s]+)\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}

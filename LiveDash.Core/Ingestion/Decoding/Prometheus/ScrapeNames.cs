using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace LiveDash.Core.Ingestion.Decoding.Prometheus;

/// <summary>
/// From the series of an exporter to those of LiveDash: the target's labels are added (a label of the same name becomes <c>exported_name</c>), what relabelling does not keep is left out. Of one target; not thread-safe.
/// </summary>
internal sealed class ScrapeNames(Admission admission, IReadOnlyList<KeyValuePair<string, string>> labels, IReadOnlyList<(string Label, Regex Pattern)> keep, IReadOnlyList<(string Label, Regex Pattern)> drop)
{
    private readonly SeriesByteCache _known = new(Math.Max(1024, admission.Limits.MaxSeries));

    /// <summary>Finds or makes a series; -1 for one that is left out.</summary>
    public Fault? Find(ReadOnlySpan<byte> head, out int series)
    {
        if (_known.TryGet(head, default, out series)) return null;
        if (!Utf8.IsValid(head)) return new(RejectReason.BadUtf8, "The line is not valid UTF-8.");
        if (!TryRead(Encoding.UTF8.GetString(head), out var name, out var tags)) return new(RejectReason.BadLine, "The labels are: {name=\"text\",...}.");
        series = -1;
        if (IsKept(name, tags))
        {
            foreach (var label in labels)
            {
                var own = tags.FindIndex(tag => tag.Key == label.Key);
                if (own >= 0) tags[own] = new("exported_" + label.Key, tags[own].Value);
                tags.Add(label);
            }

            if (!admission.TryAdmitSeries(name, tags, out series, out var fault)) return fault;
        }

        _known.Add(head, default, series);
        return null;
    }

    /// <summary>Makes a series of the scrape itself, such as <c>up</c>; -1 where it cannot be had.</summary>
    public int Own(string name) => admission.TryAdmitSeries(name, [.. labels], out var series, out _) ? series : -1;

    private bool IsKept(string name, List<KeyValuePair<string, string>> tags)
    {
        string Text(string label) => label == "__name__" ? name : tags.Find(tag => tag.Key == label).Value ?? "";
        return keep.All(rule => rule.Pattern.IsMatch(Text(rule.Label))) && !drop.Any(rule => rule.Pattern.IsMatch(Text(rule.Label)));
    }

    private static bool TryRead(string text, out string name, out List<KeyValuePair<string, string>> tags)
    {
        tags = [];
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        name = brace < 0 ? text : text[..brace];
        if (brace < 0) return true;
        var at = brace + 1;
        while (true)
        {
            while (at < text.Length && text[at] is ',' or ' ' or '\t') at++;
            if (at >= text.Length) return false;
            if (text[at] == '}') return at == text.Length - 1 && name.Length > 0;
            var isQuoted = text[at] == '"';
            string key;
            if (isQuoted)
            {
                if (!TryQuoted(text, ref at, out key)) return false;
                // A quoted name without a value is the metric's own, of UTF-8 (Prometheus 3).
                if (at < text.Length && text[at] != '=')
                {
                    name = key;
                    continue;
                }
            }
            else
            {
                var equals = text.IndexOf('=', at);
                if (equals < 0) return false;
                key = text[at..equals].Trim();
                at = equals;
            }

            at++;
            while (at < text.Length && text[at] is ' ' or '\t') at++;
            if (at >= text.Length || text[at] != '"' || !TryQuoted(text, ref at, out var value)) return false;
            // An empty label is the same as none.
            if (value.Length > 0) tags.Add(new(key, value));
        }
    }

    private static bool TryQuoted(string text, ref int at, out string value)
    {
        var plain = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                value = plain.ToString();
                return true;
            }

            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                plain.Append(text[at] == 'n' ? ' ' : text[at]);
            }
            else
            {
                plain.Append(text[at]);
            }
        }

        value = "";
        return false;
    }
}

using System.Text;
using System.Text.Unicode;

namespace LiveDash.Core.Ingestion.Decoding.Graphite;

/// <summary>
/// From a Graphite path to a series: as sent, tags after semicolons, or by the first <see cref="GraphiteTemplate"/> that matches. Thread-safe; a known path is one look-up.
/// </summary>
public sealed class GraphiteNames
{
    private readonly Admission _admission;
    private readonly IReadOnlyList<GraphiteTemplate> _templates;
    private readonly SeriesByteCache _known;

    internal GraphiteNames(Admission admission, IReadOnlyList<GraphiteTemplate> templates)
    {
        _admission = admission;
        _templates = templates;
        _known = new SeriesByteCache(Math.Max(1024, admission.Limits.MaxSeries * 2));
    }

    /// <summary>Finds or makes the series of a path; the fault that refuses it, or null.</summary>
    internal Fault? Find(ReadOnlySpan<byte> path, out int series)
    {
        if (_known.TryGet(path, default, out series)) return null;
        if (!Utf8.IsValid(path)) return new(RejectReason.BadUtf8, "The path is not valid UTF-8.");
        if (Admit(Encoding.UTF8.GetString(path), out series) is { } fault) return fault;
        _known.Add(path, default, series);
        return null;
    }

    private Fault? Admit(string path, out int series)
    {
        series = -1;
        var parts = path.Split(';');
        var name = parts[0];
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var tag in parts.AsSpan(1))
        {
            var equals = tag.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) return new(RejectReason.BadLine, "A tag is: ;name=text.");
            tags.Add(new(tag[..equals], tag[(equals + 1)..]));
        }

        if (tags.Count == 0 && _templates.FirstOrDefault(template => template.Matches(name)) is { } found) name = found.Apply(name, tags);
        return _admission.TryAdmitSeries(name, tags, out series, out var fault) ? null : fault;
    }
}

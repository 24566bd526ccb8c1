using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>What there is, for Prometheus' API: series, the names and values of their labels, and what is known of a metric. Thread-safe.</summary>
internal sealed class PrometheusSeries(QueryEngine engine, SeriesCatalog catalog, IPointStore store)
{
    private const string Truncated = "results truncated due to limit";

    /// <summary><c>/api/v1/series</c></summary>
    public IResult Series(PrometheusRequest request)
    {
        if (request.All("match[]").Count == 0) throw new PrometheusError("bad_data", "no match[] parameter provided");
        var (all, most) = (Find(request), request.Limit());
        return new PrometheusAnswer(
            writer =>
            {
                writer.WriteStartArray();
                foreach (var labels in all.Take(most))
                {
                    PrometheusNumbers.WriteLabels(writer, labels);
                    PrometheusAnswer.FlushWhereMuch(writer);
                }

                writer.WriteEndArray();
            },
            all.Count > most ? [Truncated] : []);
    }

    /// <summary><c>/api/v1/labels</c></summary>
    public IResult Labels(PrometheusRequest request) => Some(
        AsksForAll(request) ? catalog.Postings.Labels().Where(label => catalog.Postings.Values(label).Exists(static value => value.Length > 0)) : Find(request).SelectMany(static labels => labels.Pairs.Select(static pair => pair.Key)),
        request.Limit());

    /// <summary><c>/api/v1/label/{name}/values</c></summary>
    public IResult Values(PrometheusRequest request, string name)
    {
        // As clients that know no quotes write a name with dots: U__cpu_2e_load.
        var label = EscapedName.Read(name);
        return label.Length == 0
            ? throw new PrometheusError("bad_data", $"invalid label name: \"{name}\"")
            : Some((AsksForAll(request) ? catalog.Postings.Values(label) : Find(request).Select(labels => labels[label])).Where(static value => value.Length > 0), request.Limit());
    }

    /// <summary><c>/api/v1/metadata</c>: the type as far as the name says it, which is OpenMetrics' convention; help and units are not kept.</summary>
    public IResult Metadata(PrometheusRequest request)
    {
        var metric = request.One("metric");
        var names = catalog.Postings.Values(SeriesPostings.Name)
            .Where(name => metric is null || name == metric).Order(StringComparer.Ordinal).Take(request.Limit()).ToArray();
        return new PrometheusAnswer(writer =>
        {
            writer.WriteStartObject();
            foreach (var name in names)
            {
                writer.WriteStartArray(name);
                writer.WriteStartObject();
                writer.WriteString("type", TypeOf(name));
                writer.WriteString("help", "");
                writer.WriteString("unit", "");
                writer.WriteEndObject();
                writer.WriteEndArray();
                PrometheusAnswer.FlushWhereMuch(writer);
            }

            writer.WriteEndObject();
        });
    }

    private static string TypeOf(string name) =>
        name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : name.EndsWith("_bucket", StringComparison.Ordinal) ? "histogram" : "unknown";

    private static PrometheusAnswer Some(IEnumerable<string> values, int most)
    {
        var all = values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return PrometheusAnswer.List(all.Take(most), all.Count > most ? [Truncated] : []);
    }

    private static bool AsksForAll(PrometheusRequest request) => request.Selectors().Count == 0 && IsAll(request.Stretch());

    private static bool IsAll(TimeRange stretch) => stretch is { From: 0, To: long.MaxValue };

    // The union of what the selectors choose, of that which has points in the stretch.
    private List<LabelSet> Find(PrometheusRequest request)
    {
        var stretch = request.Stretch();
        var chosen = request.Selectors() is { Count: > 0 } selectors ? selectors.SelectMany(selector => engine.Select(selector.AllMatchers)).DistinctBy(static one => one.Id) : engine.Select([]);
        if (!IsAll(stretch)) chosen = chosen.Where(one => store.FindStats(one.Id) is { } stats && stats.First < stretch.To && stats.Last >= stretch.From);
        return [.. chosen.Select(static one => one.Labels).Distinct().Order()];
    }
}

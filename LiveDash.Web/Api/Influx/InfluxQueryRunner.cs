using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Influx;

/// <summary>
/// Answers what InfluxDB's clients ask when they start, and simple questions for points. A measurement is what stands before a field in a series' name; a series of just that name is its field
/// <c>value</c>. Thread-safe.
/// </summary>
internal sealed class InfluxQueryRunner(SeriesCatalog catalog, IPointStore store, InfluxDatabases databases, TimeProvider time)
{
    /// <summary>Runs one statement; its series, or the fault in words.</summary>
    public async Task<(IReadOnlyList<InfluxTable> Tables, string? Fault)> RunAsync(string statement, CancellationToken cancellationToken)
    {
        var words = statement.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        switch (string.Join(' ', words.Take(2)).ToUpperInvariant())
        {
            case "CREATE DATABASE" when words.Length > 2:
                databases.Add(words[2].Trim('"', ';'));
                return ([], null);
            case "CREATE RETENTION" or "ALTER RETENTION":
                return ([], null);
            case "SHOW DATABASES":
                return ([new("databases", ["name"], [.. databases.All.Select(static name => new object?[] { name })])], null);
            case "SHOW RETENTION":
                return ([new(null, ["name", "duration", "shardGroupDuration", "replicaN", "default"], [["autogen", "0s", "168h0m0s", 1, true]])], null);
            case "SHOW MEASUREMENTS":
                return ([new("measurements", ["name"], [.. Names().Select(static name => new object?[] { name })])], null);
        }

        if (words.Length == 0 || !words[0].Equals("SELECT", StringComparison.OrdinalIgnoreCase))
        {
            return ([], "Of InfluxQL there are SELECT (simple), CREATE DATABASE, SHOW DATABASES, SHOW MEASUREMENTS and SHOW RETENTION POLICIES; for more ask GET /api/points and /api/windows.");
        }

        if (InfluxSelect.Parse(statement, time.GetUtcNow().UtcTicks, out var select) is { } fault) return ([], fault);
        return (await SelectAsync(select!, cancellationToken), null);
    }

    // The name up to its last dot: what a measurement was, if it came by line protocol.
    private SortedSet<string> Names()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < catalog.Count && names.Count < InfluxSelect.MaxRows; i++)
        {
            var name = catalog[i].Name;
            var dot = name.LastIndexOf('.');
            names.Add(dot > 0 ? name[..dot] : name);
        }

        return names;
    }

    private async Task<IReadOnlyList<InfluxTable>> SelectAsync(InfluxSelect select, CancellationToken cancellationToken)
    {
        var fields = Fields(select);
        if (fields.Count == 0) return [];
        var table = select.Columns[0].Aggregate is not null
            ? await AggregateAsync(select, fields, cancellationToken)
            : await RowsAsync(select, fields, cancellationToken);
        if (table.Rows.Count == 0) return [];
        // Other aggregates are those of all points.
        var isExact = select.Columns.All(static column => column.Aggregate is not (null or "first"));
        return [isExact ? table : table with { Summaries = StoredSummaries.OfAll(fields.Keys.Select(series => store.FindSummaries(series, select.Range))) }];
    }

    private Dictionary<int, string> Fields(InfluxSelect select)
    {
        var fields = new Dictionary<int, string>();
        for (var i = 0; i < catalog.Count; i++)
        {
            var key = catalog[i];
            var field = key.Name == select.Measurement ? "value"
                : key.Name.StartsWith(select.Measurement + ".", StringComparison.Ordinal) ? key.Name[(select.Measurement.Length + 1)..]
                : null;
            if (field is null || !select.Tags.All(tag => key.Tag(tag.Key) == tag.Value)) continue;
            if (select.Columns.Any(column => column.Field == "*" || column.Field == field || key.Tag(column.Field) is not null)) fields.Add(i, field);
        }

        return fields;
    }

    private async Task<InfluxTable> RowsAsync(InfluxSelect select, Dictionary<int, string> fields, CancellationToken cancellationToken)
    {
        var asked = select.Columns.Select(static column => column.Field).ToList();
        var columns = asked.Contains("*")
            ? fields.Values.Concat(fields.Keys.SelectMany(series => catalog[series].Tags.Select(static tag => tag.Key))).Distinct().Order(StringComparer.Ordinal).ToList()
            : asked;
        var rows = new Dictionary<(long Ticks, string Tags), object?[]>();
        var query = new PointQuery { Series = [.. fields.Keys], Range = select.Range, Descending = select.Descending, Limit = (long)select.Limit * Math.Max(1, fields.Count) };
        await foreach (var block in store.ScanAsync(query, cancellationToken))
        {
            for (var i = 0; i < block.Count; i++)
            {
                var key = catalog[block.Series.Span[i]];
                var place = (block.Times.Span[i], string.Join(',', key.Tags));
                if (!rows.TryGetValue(place, out var row))
                {
                    if (rows.Count == select.Limit) continue;
                    row = new object?[columns.Count + 1];
                    row[0] = place.Item1;
                    for (var c = 0; c < columns.Count; c++) row[c + 1] = key.Tag(columns[c]);
                    rows.Add(place, row);
                }

                var column = columns.IndexOf(fields[block.Series.Span[i]]);
                if (column >= 0) row[column + 1] = block.Values.Span[i];
            }
        }

        return new(select.Measurement, ["time", .. columns], [.. rows.Values]);
    }

    private async Task<InfluxTable> AggregateAsync(InfluxSelect select, Dictionary<int, string> fields, CancellationToken cancellationToken)
    {
        var row = new object?[select.Columns.Count + 1];
        var found = false;
        row[0] = select.Range.From == TimeRange.All.From ? DateTime.UnixEpoch.Ticks : select.Range.From;
        for (var c = 0; c < select.Columns.Count; c++)
        {
            var (aggregate, field) = select.Columns[c];
            var of = fields.Where(one => field == "*" || one.Value == field).Select(static one => one.Key).ToList();
            var tally = new PointTally();
            await foreach (var block in store.ScanAsync(new PointQuery { Series = of, Range = select.Range, WithSummaries = true }, cancellationToken))
            {
                for (var i = 0; i < block.Count; i++) tally.Add(block, i);
            }

            if (tally.Count == 0) continue;
            found = true;
            row[c + 1] = aggregate switch { "count" => tally.Count, "sum" => tally.Sum, "min" => tally.Least, "max" => tally.Greatest, "first" => tally.First, "last" => tally.Last, _ => tally.Mean };
        }

        return new(select.Measurement, ["time", .. select.Columns.Select(static column => column.Aggregate!)], found ? [row] : []);
    }
}

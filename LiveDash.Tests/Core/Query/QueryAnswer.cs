using System.Globalization;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Tests.Core.Query;

/// <summary>An answer in a form in which two can be compared: values by labels and time, or an error.</summary>
internal sealed class QueryAnswer(string? error)
{
    private const double Tolerance = 1e-12;

    private readonly SortedDictionary<(string Labels, long Time), double> _values = [];

    /// <summary>The error, or null.</summary>
    public string? Error => error;

    /// <summary>How many values.</summary>
    public int Count => _values.Count;

    /// <summary>One of ours.</summary>
    public static QueryAnswer Of(QueryResult result)
    {
        var answer = new QueryAnswer(null);
        if (result.Kind is ValueKind.Scalar or ValueKind.String) answer.Add("", result.At, result.Kind == ValueKind.Scalar ? result.Scalar : 0);
        foreach (var series in result.Series)
        {
            var name = string.Join(",", series.Labels.Pairs.Select(static pair => $"{pair.Key}={pair.Value}"));
            for (var i = 0; i < series.Times.Length; i++) answer.Add(name, series.Times.Span[i], series.Values.Span[i]);
        }

        return answer;
    }

    /// <summary>Adds a value.</summary>
    public void Add(string labels, long time, double value) => _values.Add((labels, time), value);

    /// <summary>Adds all values of another one.</summary>
    public void Add(QueryAnswer other)
    {
        foreach (var (place, value) in other._values) _values.Add(place, value);
    }

    /// <summary>The first difference, or null: numbers may differ by a 10^-12th of the greater one.</summary>
    public string? Difference(QueryAnswer other)
    {
        if (Error is not null || other.Error is not null)
        {
            return Error is not null && other.Error is not null ? null : $"error here: {Error ?? "none"}; there: {other.Error ?? "none"}";
        }

        foreach (var (place, value) in _values)
        {
            if (!other._values.TryGetValue(place, out var there)) return $"{Place(place)} is {value:R} here and absent there";
            if (!Same(value, there)) return $"{Place(place)} is {value:R} here and {there:R} there";
        }

        foreach (var (place, value) in other._values)
        {
            if (!_values.ContainsKey(place)) return $"{Place(place)} is absent here and {value:R} there";
        }

        return null;
    }

    private static string Place((string Labels, long Time) place) => string.Create(CultureInfo.InvariantCulture, $"{{{place.Labels}}} at {new DateTime(place.Time):HH:mm:ss.fff}");

    private static bool Same(double a, double b) =>
        a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}

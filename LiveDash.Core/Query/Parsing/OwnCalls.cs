using LiveDash.Core.Detection;
using LiveDash.Core.Geometry;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Query.Parsing;

/// <summary>Reads what LiveDash's own text asks of series, such as <c>mean(cpu.load{host=*}, 30s)</c>; the same within PromQL and in the own grammar. Used by one thread.</summary>
internal sealed class OwnCalls(OwnText text)
{
    private readonly List<(double X, double Y)> _corners = [];

    /// <summary>Reads a call and what it is compared with.</summary>
    public QueryExpr Condition()
    {
        var call = Call();
        return call switch
        {
            WindowExpr or ForecastExpr { Figure: not ForecastFigure.TimeTo } => Compared(call),
            ForecastExpr => ComparedWithTime(call),
            OutlierExpr => ComparedWithDistance(call),
            AnomalyExpr when text.TrySign() is not null => throw text.Fault("'anomaly' is compared with nothing: it holds while the series is strange. The robust z-score is 'zscore'."),
            _ => call,
        };
    }

    /// <summary>Reads a call alone; that of a state with its text.</summary>
    public SeriesExpr Call()
    {
        var start = text.Next;
        var name = text.Name();
        SeriesExpr call = name.ToLowerInvariant() switch
        {
            "absent" => Absent(),
            "outside" => Outside(),
            "anomaly" => Anomaly(),
            "state" => State(),
            "forecast" => Forecast(ForecastFigure.Value),
            "forecast_low" => Forecast(ForecastFigure.Low),
            "forecast_high" => Forecast(ForecastFigure.High),
            "time_to" => TimeTo(),
            "outlier" => Outlier(),
            _ => WindowOf(name, start),
        };
        return call with { Position = start, End = text.Position };
    }

    private AbsentExpr Absent()
    {
        var series = Series();
        text.Expect(',', "the series");
        var after = text.Duration("How long nothing may come");
        text.Expect(')', "the duration");
        return new AbsentExpr(series, after);
    }

    private OutsideExpr Outside()
    {
        var series = Series();
        text.Expect(',', "the series");
        var window = Window();
        text.Expect(',', "the window");
        var low = text.Number("The lower border");
        text.Expect(',', "the lower border");
        var start = text.Next;
        var high = text.Number("The upper border");
        if (low > high) throw OwnText.FaultAt(start, "The upper border lies below the lower one.");
        text.Expect(')', "the upper border");
        return new OutsideExpr(series, window, low, high);
    }

    private StateExpr State()
    {
        var series = Series();
        text.Expect(')', "the series");
        var start = text.Next;
        var sign = text.TrySign();
        if (sign is not (BinaryOperator.Equal or BinaryOperator.NotEqual)) throw OwnText.FaultAt(start, "A state is compared by == or != with a text in quotes, such as \"stopped\".");
        return new StateExpr(series, text.Quoted("The state"), sign == BinaryOperator.NotEqual);
    }

    private AnomalyExpr Anomaly()
    {
        var (series, by) = Grouped();
        var sensitivity = Sensitivity.Medium;
        if (text.TryChar(','))
        {
            var (word, at) = text.Argument("A sensitivity: low, medium or high");
            if (!AnomalyExpr.TryReadSensitivity(word, out sensitivity))
            {
                throw OwnText.FaultAt(at, $"'{word}' is not a sensitivity: low, medium or high. The robust z-score over a window is zscore(x, 300) > 5.");
            }
        }

        text.Expect(')', "the sensitivity");
        return new AnomalyExpr(series, sensitivity, by);
    }

    // 'cpu.*{zone=a} by host', or 'by host' for all series that have that tag.
    private (string Series, string? By) Grouped()
    {
        var (argument, position) = text.Argument("A series such as 'cpu.load', or 'by host'");
        var at = argument.StartsWith("by ", StringComparison.OrdinalIgnoreCase) ? 0 : argument.LastIndexOf(" by ", StringComparison.OrdinalIgnoreCase);
        var isGrouped = at == 0 || (at > 0 && argument.IndexOf('}', at) < 0);
        var series = isGrouped ? at == 0 ? "*" : argument[..at].Trim() : argument;
        var by = isGrouped ? argument[(at == 0 ? 3 : at + 4)..].Trim() : null;
        if (!SeriesPattern.TryParse(series, out var pattern)) throw OwnText.FaultAt(position, $"'{series}' is not a series; it is written as 'cpu.load' or 'cpu.load{{host=*}}'.");
        if (by is null) return (pattern!.ToString(), null);
        if (by.Length == 0 || !by.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':')) throw OwnText.FaultAt(position, "After 'by' the name of a tag is expected, such as 'by host'.");
        var key = pattern!.ExactKey;
        return (key.Tag(by) is null ? new SeriesKey(key.Name, [.. key.Tags, new(by, "*")]).ToString() : pattern.ToString(), by);
    }

    private OutlierExpr Outlier()
    {
        var series = Series();
        text.Expect(',', "the series, then a window such as 5m");
        var window = Window();
        text.Expect(')', "the window");
        return new OutlierExpr(series, window);
    }

    private ForecastExpr Forecast(ForecastFigure figure)
    {
        var series = Series();
        text.Expect(',', "the series, then how far ahead, such as 1h");
        var horizon = text.Duration("How far ahead");
        text.Expect(')', "how far ahead");
        return new ForecastExpr(figure, series, horizon, 0);
    }

    private ForecastExpr TimeTo()
    {
        var series = Series();
        text.Expect(',', "the series, then the value it may reach");
        var target = text.Number("The value it may reach");
        text.Expect(')', "the value");
        return new ForecastExpr(ForecastFigure.TimeTo, series, TimeSpan.Zero, target);
    }

    private WindowExpr WindowOf(string name, int start)
    {
        if (!AggregateSpec.TryParse(name, out var aggregate, out var error)) throw OwnText.FaultAt(start, error);
        var series = Series();
        text.Expect(',', "the series, then a window such as 30s or 500");
        var window = Window();
        var within = text.TryChar(',') ? Within() : null;
        text.Expect(')', "the window");
        return new WindowExpr(aggregate, series, window, within);
    }

    private CornerPolygon Within()
    {
        if (!text.TryWord("within")) throw text.Fault("After the window only 'within(0 0, 50 0, 50 50)' may stand.");
        text.Expect('(', "'within'");
        var start = text.Next;
        _corners.Clear();
        do
        {
            if (_corners.Count == CornerPolygon.MaxCorners) throw text.Fault($"A polygon has at most {CornerPolygon.MaxCorners:N0} corners.");
            var x = text.Number("The x of a corner");
            _corners.Add((x, text.Number("The y of a corner")));
        }
        while (text.TryChar(','));
        text.Expect(')', "the corners");
        try
        {
            return new CornerPolygon(_corners);
        }
        catch (GeometryException fault)
        {
            throw OwnText.FaultAt(start, fault.Message);
        }
    }

    private BinaryExpr Compared(SeriesExpr call)
    {
        if (text.TrySign() is not { } sign) throw text.Fault("A comparison is expected here: >, >=, <, <=, == or !=.");
        return Compare(call, sign, Number("The threshold"));
    }

    private BinaryExpr ComparedWithTime(SeriesExpr call)
    {
        if (text.TrySign() is not { } sign || sign is BinaryOperator.Equal or BinaryOperator.NotEqual) throw text.Fault("How soon is expected here, such as '< 4d'.");
        var start = text.Next;
        var time = text.Duration("How soon");
        return Compare(call, sign, new NumberLiteral(time.TotalSeconds) { Position = start, End = text.Position });
    }

    private BinaryExpr ComparedWithDistance(SeriesExpr call)
    {
        var at = text.Next;
        if (text.TrySign() is not { } sign) return Compare(call, BinaryOperator.Greater, new NumberLiteral(OutlierExpr.UsualDistance) { Position = at, End = at });
        var distance = Number("How many robust standard deviations are too far");
        return sign == BinaryOperator.Greater && distance.Value > 0 ? Compare(call, sign, distance) : throw OwnText.FaultAt(at, "An outlier is further than so many robust standard deviations: '> 5'.");
    }

    private static BinaryExpr Compare(SeriesExpr call, BinaryOperator sign, NumberLiteral number) => new(sign, call, number, null, false) { Position = call.Position, End = number.End };

    private NumberLiteral Number(string what)
    {
        var start = text.Next;
        return new NumberLiteral(text.Number(what)) { Position = start, End = text.Position };
    }

    private string Series()
    {
        var (argument, position) = text.Argument("A series such as 'cpu.load' or 'cpu.load{host=*}'");
        return SeriesPattern.TryParse(argument, out var pattern) ? pattern!.ToString() : throw OwnText.FaultAt(position, $"'{argument}' is not a series; it is written as 'cpu.load' or 'cpu.load{{host=*}}'.");
    }

    private WindowSpec Window()
    {
        var (argument, position) = text.Argument("A window such as '30s' or '500'");
        return WindowSpec.TryParse(argument, out var spec, out var error) ? spec : throw OwnText.FaultAt(position, error);
    }
}

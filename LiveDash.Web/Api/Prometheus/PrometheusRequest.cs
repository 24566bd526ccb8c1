using System.Globalization;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Query.Tree;
using Microsoft.Extensions.Primitives;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>The parameters of a request of Prometheus' API: those of the address and those of a form, as clients send either. Immutable.</summary>
internal sealed class PrometheusRequest
{
    private readonly IQueryCollection _query;
    private readonly IFormCollection? _form;
    private readonly long _now;

    private PrometheusRequest(IQueryCollection query, IFormCollection? form, long now) => (_query, _form, _now) = (query, form, now);

    /// <summary>Reads them; a form that is none is a fault.</summary>
    public static async Task<PrometheusRequest> ReadAsync(HttpContext context)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcTicks;
        IFormCollection? form = null;
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
        {
            try
            {
                form = await context.Request.ReadFormAsync(context.RequestAborted);
            }
            catch (InvalidDataException exception)
            {
                throw new PrometheusError("bad_data", "error parsing form values: " + exception.Message);
            }
        }

        return new PrometheusRequest(context.Request.Query, form, now);
    }

    /// <summary>All values of a parameter.</summary>
    public IReadOnlyList<string> All(string name)
    {
        StringValues query = _query[name], form = _form is null ? default : _form[name];
        return [.. form.Concat(query).OfType<string>()];
    }

    /// <summary>A parameter, or null.</summary>
    public string? One(string name) => All(name) is [var first, ..] && first.Length > 0 ? first : null;

    /// <summary>A time: seconds since 1970, with a fraction or not, or RFC 3339.</summary>
    public long? Time(string name)
    {
        if (One(name) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
        {
            // Milliseconds, as Prometheus counts.
            var ms = Math.Round(seconds * 1000);
            if (Math.Abs(ms) < 60_000_000_000_000) return Epoch.Ticks(0) + ((long)ms * TimeSpan.TicksPerMillisecond);
        }
        else if (text.Contains('T', StringComparison.Ordinal) && TimeText.TryParse(text, _now, out var ticks))
        {
            return ticks;
        }

        throw PrometheusError.Parameter(name, $"cannot parse \"{text}\" to a valid timestamp");
    }

    /// <summary>A time that must be there.</summary>
    public long NeededTime(string name) => Time(name) ?? throw PrometheusError.Parameter(name, "cannot parse \"\" to a valid timestamp");

    /// <summary>The moment of evaluation: given, or now.</summary>
    public long TimeOrNow(string name) => Time(name) ?? _now - (_now % TimeSpan.TicksPerMillisecond);

    /// <summary>A duration in ticks: seconds, or such as <c>15s</c> and <c>1h30m</c>.</summary>
    public long? Duration(string name)
    {
        if (One(name) is not { } text) return null;
        double seconds;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds))
        {
            // The parser of expressions knows durations already.
            if (!PromQuery.TryParse(text, out var expr, out _) || expr is not NumberLiteral { Value: var read }) throw PrometheusError.Parameter(name, $"cannot parse \"{text}\" to a valid duration");
            seconds = read;
        }

        if (!double.IsFinite(seconds) || Math.Abs(seconds) > 9e9) throw PrometheusError.Parameter(name, $"cannot parse \"{text}\" to a valid duration. It overflows int64");
        return (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
    }

    /// <summary>How many entries are wanted at most; <see cref="int.MaxValue"/> for all.</summary>
    public int Limit()
    {
        if (One("limit") is not { } text) return int.MaxValue;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)) throw PrometheusError.Parameter("limit", $"cannot parse \"{text}\" to a number");
        if (limit < 0) throw PrometheusError.Parameter("limit", "limit must be non-negative");
        return limit == 0 ? int.MaxValue : limit;
    }

    /// <summary>The expression.</summary>
    public QueryExpr Expression()
    {
        var text = One("query") ?? "";
        try
        {
            return PromQuery.Parse(text);
        }
        catch (QuerySyntaxException exception)
        {
            throw PrometheusError.Parameter("query", exception.Message);
        }
    }

    /// <summary>The bounds of an evaluation: what the client asks for, within what the server allows.</summary>
    public QueryLimits Within(QueryLimits limits)
    {
        if (Duration("timeout") is { } timeout)
        {
            if (timeout <= 0) throw PrometheusError.Parameter("timeout", "a timeout is more than 0");
            if (timeout < limits.MaxTime.Ticks) limits = limits with { MaxTime = TimeSpan.FromTicks(timeout) };
        }

        return Duration("lookback_delta") is { } lookback and > 0 ? limits with { Lookback = TimeSpan.FromTicks(lookback) } : limits;
    }

    /// <summary>The selectors of <c>match[]</c>.</summary>
    public IReadOnlyList<VectorSelector> Selectors()
    {
        var selectors = new List<VectorSelector>();
        foreach (var text in All("match[]"))
        {
            try
            {
                selectors.Add(PromQuery.Parse(text) as VectorSelector ?? throw PrometheusError.Parameter("match[]", $"\"{text}\" is no series selector"));
            }
            catch (QuerySyntaxException exception)
            {
                throw PrometheusError.Parameter("match[]", exception.Message);
            }
        }

        return selectors;
    }

    /// <summary>The stretch of <c>start</c> and <c>end</c>, both included; all of time where they are left out.</summary>
    public TimeRange Stretch()
    {
        var (start, end) = (Time("start"), Time("end"));
        if (start > end) throw PrometheusError.Parameter("end", "end timestamp must not be before start time");
        return new TimeRange(start ?? 0, end + 1 ?? long.MaxValue);
    }
}

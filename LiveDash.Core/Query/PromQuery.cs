using System.Diagnostics.CodeAnalysis;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query;

/// <summary>Reads PromQL as of Prometheus 3 (docs/PROMQL.md says what is left out). Stateless, so safe on any thread; time linear in the text.</summary>
public static class PromQuery
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>How many faults are told at most.</summary>
    public const int MaxFaults = 20;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="strict">
    /// True for what Prometheus itself reads; else names may hold dots without quotes, as in <c>cpu.load{host="web1"}</c>, and what LiveDash's own text asks of series may stand wherever a vector may: <c>p99(latency{host=*}, 500)</c>.
    /// </param>
    /// <param name="experimental">True to take the functions that Prometheus calls experimental.</param>
    /// <exception cref="QuerySyntaxException">It cannot be read; tells every fault with its place.</exception>
    public static QueryExpr Parse(string text, bool strict = false, bool experimental = false) =>
        TryParse(text, out var expr, out var faults, strict, experimental) ? expr : throw new QuerySyntaxException(text, faults);

    /// <summary>The same without an exception.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out QueryExpr? expr, out IReadOnlyList<QueryFault> faults, bool strict = false, bool experimental = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<QueryFault>();
        expr = null;
        if (text.Length > MaxLength)
        {
            faults = [new(MaxLength, text.Length, $"an expression has at most {MaxLength:N0} characters")];
            return false;
        }

        try
        {
            expr = new Parser(text, new Lexer(text, strict).Read(), found, experimental, !strict).Whole();
        }
        catch (Stop stop)
        {
            found.Add(stop.Fault);
        }

        faults = [.. found.OrderBy(static fault => fault.Position).Take(MaxFaults)];
        if (found.Count > 0) expr = null;
        return expr is not null;
    }
}

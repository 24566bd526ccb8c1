using System.Diagnostics.CodeAnalysis;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query;

/// <summary>
/// Reads and writes conditions in LiveDash's own text, <c>mean(cpu.load{host=*}, 30s) &gt; 80 and not state(pump) == "stopped"</c>, into the tree that PromQL is read into (docs/PROMQL.md). Stateless, so safe on
/// any thread; time linear in the text.
/// </summary>
public static class OwnQuery
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Reads a condition.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out QueryExpr? expr, [NotNullWhen(false)] out QueryFault? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        (expr, fault) = (null, null);
        try
        {
            if (text.Length > MaxLength) throw OwnText.FaultAt(MaxLength, $"A condition has at most {MaxLength:N0} characters.");
            var reader = new OwnText(text);
            expr = new OwnParser(reader).Condition();
            if (!reader.IsAtEnd) throw reader.Fault($"'{reader.PeekToken()}' is not understood here; 'and' or 'or' may follow.");
            return true;
        }
        catch (Stop stop)
        {
            (expr, fault) = (null, stop.Fault);
            return false;
        }
    }

    /// <summary>Writes a tree; false where it says what the own text cannot, such as arithmetic.</summary>
    public static bool TryFormat(QueryExpr expr, [NotNullWhen(true)] out string? text)
    {
        ArgumentNullException.ThrowIfNull(expr);
        text = OwnPrinter.Print(expr);
        return text is not null;
    }
}

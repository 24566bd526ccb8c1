using LiveDash.Core.Query;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Web.ViewModels;

/// <summary>Reads the expression of a panel, and says what is wrong with it, a line a fault with its place. Pure.</summary>
public static class ExpressionFaults
{
    /// <summary>Reads it; null with at least one fault where it cannot be shown.</summary>
    public static QueryExpr? Read(string text, out IReadOnlyList<string> faults)
    {
        faults = [];
        if (string.IsNullOrWhiteSpace(text))
        {
            faults = ["Write an expression, such as avg by (host) (cpu.load)."];
            return null;
        }

        if (!PromQuery.TryParse(text, out var expr, out var found))
        {
            faults = [.. found.Select(fault => $"{Place(text, fault.Position)}: {fault.Message}")];
            return null;
        }

        if (expr.Kind is ValueKind.Scalar or ValueKind.Vector) return expr;
        faults = [expr.Kind == ValueKind.String ? "This yields a text; a panel shows numbers." : "This yields the points of a range; a function such as rate(…) or avg_over_time(…) makes one value of them."];
        return null;
    }

    /// <summary>Where a fault stands, in words.</summary>
    public static string Place(string text, int position)
    {
        var before = text.AsSpan(0, Math.Clamp(position, 0, text.Length));
        var column = before.Length - before.LastIndexOf('\n');
        return text.Contains('\n', StringComparison.Ordinal) ? $"Line {before.Count('\n') + 1}, character {column}" : $"Character {column}";
    }
}

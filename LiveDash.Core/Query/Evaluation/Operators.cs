using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Operators between two numbers. Stateless.</summary>
internal static class Operators
{
    /// <summary>The result; of a comparison 1 or 0.</summary>
    public static double Number(BinaryOperator op, double left, double right) => op switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.Modulo => left % right,
        BinaryOperator.Power => Math.Pow(left, right),
        BinaryOperator.Atan2 => Math.Atan2(left, right),
        _ => Holds(op, left, right) ? 1 : 0,
    };

    /// <summary>Whether a comparison holds.</summary>
    public static bool Holds(BinaryOperator op, double left, double right) => op switch
    {
        BinaryOperator.Equal => left == right,
        BinaryOperator.NotEqual => left != right,
        BinaryOperator.Greater => left > right,
        BinaryOperator.Less => left < right,
        BinaryOperator.GreaterOrEqual => left >= right,
        _ => left <= right,
    };

    /// <summary>What an operator between series yields at a step: <see cref="Absence.Mark"/> where a comparison that chooses does not hold, else the kept side.</summary>
    public static double Step(BinaryOperator op, bool returnsBool, double left, double right, double kept)
    {
        if (!op.IsComparison() || returnsBool) return Number(op, left, right);
        return Holds(op, left, right) ? kept : Absence.Mark;
    }
}

namespace LiveDash.Core.Query.Tree;

/// <summary>What holds for operators. Stateless.</summary>
public static class BinaryOperators
{
    /// <summary>The precedence of signs: that of multiplication.</summary>
    public const int SignPrecedence = 5;

    /// <summary>True for the six that compare.</summary>
    public static bool IsComparison(this BinaryOperator op) => op is >= BinaryOperator.Equal and <= BinaryOperator.LessOrEqual;

    /// <summary>True for and, or, unless.</summary>
    public static bool IsSet(this BinaryOperator op) => op >= BinaryOperator.And;

    /// <summary>How tightly it binds: 1 for or, to 6 for ^.</summary>
    public static int Precedence(this BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        BinaryOperator.Power => 6,
        _ => op.IsComparison() ? 3 : 5,
    };

    /// <summary>As PromQL spells it.</summary>
    public static string Text(this BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Power => "^",
        BinaryOperator.Atan2 => "atan2",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Greater => ">",
        BinaryOperator.Less => "<",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.And => "and",
        BinaryOperator.Or => "or",
        _ => "unless",
    };
}

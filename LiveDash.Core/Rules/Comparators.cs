using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>What comparators mean and how they are written. Stateless, so safe on any thread.</summary>
public static class Comparators
{
    /// <summary>True when the value stands in that relation to the threshold.</summary>
    public static bool Holds(this Comparator comparator, double value, double threshold) => comparator switch
    {
        Comparator.Above => value > threshold,
        Comparator.AtLeast => value >= threshold,
        Comparator.Below => value < threshold,
        Comparator.AtMost => value <= threshold,
        Comparator.Equal => value == threshold,
        _ => value != threshold,
    };

    /// <summary>True when smaller values are worse.</summary>
    public static bool IsDownward(this Comparator comparator) => comparator is Comparator.Below or Comparator.AtMost;

    /// <summary>True when a second threshold on the way back makes sense: not for equality.</summary>
    public static bool IsOrdered(this Comparator comparator) => comparator is not (Comparator.Equal or Comparator.NotEqual);

    /// <summary>The sign as rules spell it.</summary>
    public static string Sign(this Comparator comparator) => comparator switch
    {
        Comparator.Above => ">",
        Comparator.AtLeast => ">=",
        Comparator.Below => "<",
        Comparator.AtMost => "<=",
        Comparator.Equal => "==",
        _ => "!=",
    };

    /// <summary>That of an operator of the tree, which compares.</summary>
    internal static Comparator Of(BinaryOperator sign) => sign switch
    {
        BinaryOperator.Greater => Comparator.Above,
        BinaryOperator.GreaterOrEqual => Comparator.AtLeast,
        BinaryOperator.Less => Comparator.Below,
        BinaryOperator.LessOrEqual => Comparator.AtMost,
        BinaryOperator.Equal => Comparator.Equal,
        _ => Comparator.NotEqual,
    };
}

namespace LiveDash.Core.Rules;

/// <summary>What a rule looks for. Immutable with value equality; <see cref="object.ToString"/> gives the canonical text.</summary>
public abstract record Condition
{
    /// <summary>The conditions that look at a series, from left to right.</summary>
    public abstract IEnumerable<SeriesCondition> Leaves { get; }

    /// <summary>How tightly it binds in text: <c>or</c> 1, <c>and</c> 2, anything else 3.</summary>
    internal virtual int Precedence => 3;

    internal string In(int precedence) => Precedence < precedence ? $"({this})" : ToString();
}

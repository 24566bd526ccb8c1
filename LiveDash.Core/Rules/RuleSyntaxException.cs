namespace LiveDash.Core.Rules;

/// <summary>Carries a fault of a rule's text out of the parser.</summary>
internal sealed class RuleSyntaxException(int position, string message) : Exception(message)
{
    /// <summary>How many characters stand before the fault.</summary>
    public int Position { get; } = position;
}

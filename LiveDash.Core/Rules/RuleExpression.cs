using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Rules;

/// <summary>
/// A rule's text, read: <c>mean(cpu.load, 30s) &gt; 80 critical 95 for 10s keep 5s clear 70</c>. Immutable with value equality by
/// its canonical text, which <see cref="TryParse"/> reads back without loss.
/// </summary>
public sealed record RuleExpression
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = OwnQuery.MaxLength;

    /// <summary>What is looked for.</summary>
    public required Condition Condition { get; init; }

    /// <summary>How long the condition must hold before the alert fires; zero for at once.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long the condition must be gone before the alert resolves; zero for at once.</summary>
    public TimeSpan Keep { get; init; }

    /// <summary>The threshold below which (or above, for a downward comparison) the condition counts as gone; null for the threshold itself.</summary>
    public double? Clear { get; init; }

    /// <summary>Thresholds at which the severity changes, in the order written.</summary>
    public IReadOnlyList<SeverityStep> Steps { get; init; } = [];

    /// <summary>Reads a rule's text; on failure <paramref name="fault"/> tells the place and what would be right.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RuleExpression? expression, [NotNullWhen(false)] out RuleFault? fault)
    {
        expression = null;
        fault = null;
        try
        {
            expression = new RuleTextReader(text ?? "").Read();
            return true;
        }
        catch (Stop stop)
        {
            fault = new RuleFault("expr", stop.Fault.Position, stop.Fault.Message);
            return false;
        }
    }

    /// <summary>Reads a rule's text.</summary>
    /// <exception cref="FormatException">The text is not a rule; the message says why.</exception>
    public static RuleExpression Parse(string text) =>
        TryParse(text, out var expression, out var fault) ? expression : throw new FormatException($"{fault.Detail} (at {fault.Position})");

    /// <summary>The severity while the value is as given: that of the last step that holds, else the rule's own.</summary>
    public Severity SeverityAt(double value, Severity own)
    {
        if ((Condition is QueryCondition query ? query.Threshold?.Comparator : (Condition as Comparison)?.Comparator) is not { } comparator) return own;
        foreach (var step in Steps)
        {
            if (comparator.Holds(value, step.Threshold)) own = step.Severity;
        }

        return own;
    }

    /// <inheritdoc/>
    public bool Equals(RuleExpression? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Condition.ToString());
        foreach (var step in Steps) text.Append(CultureInfo.InvariantCulture, $" {step.Severity.ToString().ToLowerInvariant()} {step.Threshold:R}");
        if (For > TimeSpan.Zero) text.Append(" for ").Append(DurationText.Format(For));
        if (Keep > TimeSpan.Zero) text.Append(" keep ").Append(DurationText.Format(Keep));
        if (Clear is { } clear) text.Append(CultureInfo.InvariantCulture, $" clear {clear:R}");
        return text.ToString();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts;

/// <summary>
/// One condition on an alert's labels, as Alertmanager has it: <c>severity="critical"</c>, <c>!=</c>, <c>=~</c> and <c>!~</c>, where a pattern must match the
/// whole value. A label that is missing is the same as an empty one. Patterns take no more than linear time. Immutable.
/// </summary>
public sealed record AlertMatcher
{
    /// <summary>The longest name, value or pattern.</summary>
    public const int MaxLength = 1_000;

    private Regex? _pattern;
    private string? _fault;

    /// <summary>The label's name.</summary>
    public required string Name { get; init; }

    /// <summary>The value, or the pattern.</summary>
    public required string Value { get; init; }

    /// <summary>True where the value is a pattern.</summary>
    public bool IsRegex { get; init; }

    /// <summary>False where it must not match.</summary>
    public bool IsEqual { get; init; } = true;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    [JsonIgnore]
    public string? Fault
    {
        get
        {
            if (Name.Length is 0 or > MaxLength || Value.Length > MaxLength) return $"A matcher's name has 1 to {MaxLength:N0} characters, its value at most {MaxLength:N0}.";
            if (!IsRegex || _pattern is not null) return null;
            if (_fault is not null) return _fault;
            try
            {
                _pattern = LinearPattern.Compile($"^(?:{Value})$");
                return null;
            }
            catch (ArgumentException e)
            {
                return _fault = $"'{Value}' is no pattern that is understood: {e.Message}";
            }
        }
    }

    /// <summary>Reads the text of a matcher, such as <c>alertname=~"hot.*"</c>; the quotes may be left out.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AlertMatcher? matcher)
    {
        matcher = null;
        var at = text.IndexOfAny(['=', '!']);
        if (at <= 0) return false;
        var name = text[..at].Trim();
        var sign = at + 1 < text.Length && text[at + 1] is '=' or '~' ? text.Substring(at, 2) : text.Substring(at, 1);
        if (sign is not ("=" or "!=" or "=~" or "!~") || name.Length == 0) return false;
        var value = text[(at + sign.Length)..].Trim();
        if (value is ['"', .., '"'] && value.Length > 1) value = value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        matcher = new AlertMatcher { Name = name, Value = value, IsRegex = sign[^1] == '~', IsEqual = sign[0] == '=' };
        return matcher.Fault is null;
    }

    /// <summary>True where the labels meet it; never where it has a fault, as one may that was kept by an earlier version.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault(Name) ?? "";
        if (!IsRegex) return value == Value == IsEqual;
        return Fault is null && _pattern!.IsMatch(value) == IsEqual;
    }

    /// <inheritdoc/>
    public bool Equals(AlertMatcher? other) => other is not null && (Name, Value, IsRegex, IsEqual) == (other.Name, other.Value, other.IsRegex, other.IsEqual);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value, IsRegex, IsEqual);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{(IsEqual ? "=" : "!")}{(IsRegex ? "~" : IsEqual ? "" : "=")}\"{Value}\"";
}

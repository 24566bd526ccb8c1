using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>One row of the strip's drawer: the alerts of one rule at one severity that need somebody. Immutable, equal by what it shows.</summary>
public sealed record AlertStripRow
{
    /// <summary>Names the row while it stands.</summary>
    public required string Key { get; init; }

    /// <summary>The rule's id.</summary>
    public required string RuleId { get; init; }

    /// <summary>The rule's name.</summary>
    public required string RuleName { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The series, where it is one; else null.</summary>
    public required string? Series { get; init; }

    /// <summary>How many alerts it stands for.</summary>
    public required int Count { get; init; }

    /// <summary>The figure now, where it is one alert; else empty.</summary>
    public required string Figure { get; init; }

    /// <summary>Why, such as <c>above 300 ms</c>, where it is one alert; else empty.</summary>
    public required string Why { get; init; }

    /// <summary>True where all of them recover.</summary>
    public bool IsRecovering { get; init; }

    /// <summary>When the newest of them fired, in UTC ticks.</summary>
    public required long FiredAt { get; init; }

    /// <summary>Their alerts' ids, joined by commas: a text, so that equal rows are equal.</summary>
    public required string AlertIds { get; init; }

    /// <summary>Their episodes' ids, joined by commas.</summary>
    public required string Episodes { get; init; }
}

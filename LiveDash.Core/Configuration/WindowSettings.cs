using System.Diagnostics.CodeAnalysis;

namespace LiveDash.Core.Configuration;

/// <summary>
/// Which window each series has, as the user wrote it and as <c>/api/settings/windows</c> takes and gives it:
/// <c>{"default":"500","overrides":[{"series":"cpu.*","window":"5m","lateness":"5s"}]}</c>. Texts are kept as written; <see cref="WindowPlan"/> holds what they mean.
/// Immutable, so safe on any thread.
/// </summary>
public sealed record WindowSettings
{
    /// <summary>What stands before anybody changes it: the last 500 points of every series.</summary>
    public static WindowSettings Initial { get; } = new();

    /// <summary>The window of each series that no override names: a window spec such as <c>500</c>, <c>5m</c>, <c>tumbling 1m</c>.</summary>
    public string Default { get; init; } = "500";

    /// <summary>In order; the first whose pattern matches a series decides. At most <see cref="WindowSettingsValidator.MaxOverrides"/>; null means none.</summary>
    [AllowNull]
    public IReadOnlyList<WindowOverride> Overrides { get; init => field = value ?? []; } = [];
}

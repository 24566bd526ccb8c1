using System.Diagnostics.CodeAnalysis;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Configuration;

/// <summary>
/// How series are downsampled as they grow old, as the user wrote it and as <c>/api/settings/tiers</c> takes and gives it:
/// <c>{"tiers":[{"series":"cpu.*","keep":"raw for 7d, 1m for 90d, 1h for 2y"}]}</c>; <see cref="StorageTiers"/> is what it means. Immutable as long as nobody changes its parts.
/// </summary>
public sealed record TierSettings
{
    /// <summary>In order; the first whose pattern matches a series decides. At most <see cref="StorageTiers.MaxPatterns"/>; null means none.</summary>
    [AllowNull]
    public IReadOnlyList<TierSetting> Tiers { get; init => field = value ?? []; } = [];

    /// <summary>True where they stand in the configuration, and can be changed there alone.</summary>
    public bool IsConfigured { get; init; }
}

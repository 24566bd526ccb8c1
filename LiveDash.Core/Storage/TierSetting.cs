namespace LiveDash.Core.Storage;

/// <summary>How series of a pattern are downsampled as they grow old: a setting <c>LiveDash:Storage:Tiers:0</c>.</summary>
public sealed class TierSetting
{
    /// <summary>Which series, such as <c>cpu.*</c> or <c>cpu.load{host=*}</c>. Default: all.</summary>
    public string Series { get; set; } = "*";

    /// <summary>What is kept for how long, such as <c>raw for 7d, 1m for 90d, 1h for 2y</c>; see <see cref="StorageTiers"/>.</summary>
    public string Keep { get; set; } = "";
}

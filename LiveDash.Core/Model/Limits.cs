namespace LiveDash.Core.Model;

/// <summary>
/// Every bound the product keeps, in one place. The values are the defaults; the settings under <c>LiveDash:Limits</c> change them.
/// A breach names the limit and its setting to whoever sent the input and is counted by reason.
/// </summary>
public sealed class Limits
{
    /// <summary>The longest line of any line-based format, in bytes. Default 64 KiB, at least 1 KiB.</summary>
    public int MaxLineBytes { get; set; } = 64 * 1024;

    /// <summary>The longest request body as it arrives, in bytes. Default 64 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>The longest request body after decompression, in bytes. Default 512 MiB.</summary>
    public long MaxDecompressedBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>How many bytes one compressed byte may become. Default 100.</summary>
    public int MaxCompressionRatio { get; set; } = 100;

    /// <summary>
    /// How many lines of one body or connection may be refused, where they are more than the good ones, before the rest is not read any more: to refuse
    /// a line costs ten times what it costs to take one. Default 1,000,000.
    /// </summary>
    public long MaxFaults { get; set; } = 1_000_000;

    /// <summary>How long a sender may say nothing in the middle of a body or on an open connection. Default 2 minutes.</summary>
    public TimeSpan MaxIdle { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How deep JSON may nest. Default 8.</summary>
    public int MaxJsonDepth { get; set; } = 8;

    /// <summary>The longest series name, tag key or tag value, in UTF-8 bytes. Default 200.</summary>
    public int MaxNameBytes { get; set; } = 200;

    /// <summary>How many tags a series may have. Default 16.</summary>
    public int MaxTags { get; set; } = 16;

    /// <summary>How many series there may be in all; known ones flow on past it. Default 50,000.</summary>
    public int MaxSeries { get; set; } = 50_000;

    /// <summary>How many different texts a series of states may have; known ones flow on past it. Default 100.</summary>
    public int MaxStates { get; set; } = 100;

    /// <summary>How many different texts all series of states may have together. Default 200,000.</summary>
    public int MaxStatesInAll { get; set; } = 200_000;

    /// <summary>The longest text of a state, in UTF-8 bytes. Default 200.</summary>
    public int MaxStateBytes { get; set; } = 200;

    /// <summary>How far ahead of the clock a point may be. Default 5 minutes.</summary>
    public TimeSpan MaxAhead { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest WebSocket message, in bytes. Default 256 KiB.</summary>
    public int MaxWebSocketBytes { get; set; } = 256 * 1024;

    /// <summary>How many event streams there may be at once. Default 256.</summary>
    public int MaxStreams { get; set; } = 256;

    /// <summary>How many of them one client may have. Default 64.</summary>
    public int MaxStreamsPerClient { get; set; } = 64;

    /// <summary>How many windows event streams and window queries may hold at once: one takes 3 to 12 KB besides its points. Default 20,000.</summary>
    public int MaxWindows { get; set; } = 20_000;

    /// <summary>How many of them one client may hold. Default 10,000.</summary>
    public int MaxWindowsPerClient { get; set; } = 10_000;

    /// <summary>How many bytes of points windows may hold in all before event streams and queries get no more of them. Default 1 GiB.</summary>
    public long MaxWindowBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How many bytes readings of more than 16 series may hold in all, 50 KiB a series, before a further one is refused; one alone may always read. Default 1 GiB.</summary>
    public long MaxReadingBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How many rules there may be. Default 5,000.</summary>
    public int MaxRules { get; set; } = 5_000;

    /// <summary>How many alert instances one rule may have. Default 10,000.</summary>
    public int MaxAlertsPerRule { get; set; } = 10_000;

    /// <summary>How many points one plot may read. Default 5,000,000.</summary>
    public long MaxPlotPoints { get; set; } = 5_000_000;

    /// <summary>What is said where there are more than <see cref="MaxPlotPoints"/>.</summary>
    public static string TooManyPlotPoints(long most) => $"The range holds more than the {most:N0} points that LiveDash:Limits:MaxPlotPoints allows for one plot.";

    /// <summary>How many points statistics may be made of; each takes 8 bytes while they are. Default 5,000,000.</summary>
    public long MaxStatisticsPoints { get; set; } = 5_000_000;

    /// <summary>How many pixels a plot may have. Default 20,000,000.</summary>
    public long MaxPlotPixels { get; set; } = 20_000_000;

    /// <summary>How many series one plot may show. Default 1,000.</summary>
    public int MaxPlotSeries { get; set; } = 1_000;

    /// <summary>How many plot jobs may wait. Default 1,000.</summary>
    public int MaxQueuedJobs { get; set; } = 1_000;

    /// <summary>How many scheduled plots there may be. Default 200.</summary>
    public int MaxPlots { get; set; } = 200;

    /// <summary>How long finished jobs and their images are kept. Default 7 days.</summary>
    public TimeSpan MaxJobAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many bytes the images of finished jobs may take together; the oldest go first. Default 1 GiB.</summary>
    public long MaxJobImageBytes { get; set; } = 1024L * 1024 * 1024;
}

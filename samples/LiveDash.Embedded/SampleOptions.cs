namespace LiveDash.Embedded;

/// <summary>What of the sample can be set, under <c>Sample</c>.</summary>
public sealed class SampleOptions
{
    /// <summary>How often the heap is measured, in milliseconds; 10 to 60,000. Default 100.</summary>
    public int IntervalMs { get; set; } = 100;

    /// <summary>Above how many bytes of heap the rule fires. Default 200 MB.</summary>
    public long HeapLimit { get; set; } = 200_000_000;
}

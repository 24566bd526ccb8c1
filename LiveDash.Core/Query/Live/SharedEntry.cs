namespace LiveDash.Core.Query.Live;

/// <summary>One expression that several look at. Its users are counted under the lock of <see cref="SharedQueries"/>.</summary>
internal sealed class SharedEntry(string text, Func<LiveQuery> open)
{
    /// <summary>The expression.</summary>
    public string Text { get; } = text;

    /// <summary>What judges it; opened by the first who asks.</summary>
    public Lazy<LiveQuery> Query { get; } = new(open);

    /// <summary>How many look at it.</summary>
    public int Users { get; set; }
}

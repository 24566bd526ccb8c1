namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>What <see cref="LineFramer.Next"/> found.</summary>
internal enum LineStatus
{
    /// <summary>No complete line is there.</summary>
    NeedMore,

    /// <summary>A line, without its end.</summary>
    Line,

    /// <summary>A line longer than allowed; the rest of it is skipped in constant memory.</summary>
    TooLong,
}

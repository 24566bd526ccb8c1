namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>What a byte of line protocol means to its framing.</summary>
internal enum InfluxScan
{
    /// <summary>The point goes on.</summary>
    NeedMore,

    /// <summary>The byte is the line end that ends the point.</summary>
    End,

    /// <summary>A text in quotes was closed, and no comma, space or line end follows.</summary>
    Broken,
}

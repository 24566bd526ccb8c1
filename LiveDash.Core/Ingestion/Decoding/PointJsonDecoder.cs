namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>Points in JSON, as <see cref="JsonStreamDecoder"/> cuts it. See <see cref="JsonPointParser"/> for what a point is.</summary>
public sealed class PointJsonDecoder : JsonStreamDecoder
{
    private readonly JsonPointParser _parser;

    internal PointJsonDecoder(Admission admission, SeriesByteCache cache, SeriesByteCache states, EpochUnit unit, bool? allowOld = null)
        : base(admission)
    {
        _parser = new JsonPointParser(admission, cache, states, unit, allowOld);
    }

    /// <inheritdoc/>
    protected override void Take(ReadOnlySpan<byte> json, long number, long nowTicks, IngestSession session) => _parser.Parse(json, number, nowTicks, session);
}

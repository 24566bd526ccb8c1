using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Points;

/// <summary>What every endpoint that takes points needs. A singleton; thread-safe.</summary>
internal sealed record IngestServices(IngestPipeline Pipeline, SourceRegistry Sources, PointDecoders Decoders, Limits Limits, TimeProvider Time);

using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>What every source needs. A singleton; thread-safe.</summary>
/// <param name="Pipeline">Where points go.</param>
/// <param name="Sources">The accounts.</param>
/// <param name="Decoders">One for each format.</param>
/// <param name="Admission">Names, times, the number of series.</param>
/// <param name="Catalog">The series.</param>
/// <param name="Store">What is stored, to be played again.</param>
/// <param name="Documents">Where places in files are kept.</param>
/// <param name="Poison">Where messages that hold nothing are set aside.</param>
/// <param name="Directory">Where files of the program's own go.</param>
/// <param name="Limits">The bounds.</param>
/// <param name="Time">The clock.</param>
public sealed record SourceParts(
    IngestPipeline Pipeline, SourceRegistry Sources, PointDecoders Decoders, Admission Admission, SeriesCatalog Catalog, IPointStore Store, IDocumentStore Documents, PoisonShelf Poison,
    DataDirectory Directory, Limits Limits, TimeProvider Time);

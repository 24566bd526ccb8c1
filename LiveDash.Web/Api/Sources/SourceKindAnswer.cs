using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Web.Api.Sources;

/// <summary>A kind of source, or of a way onward, that can be set up.</summary>
/// <param name="Name">As in <see cref="SourceSetupBody.Kind"/>.</param>
/// <param name="Title">As a page names it.</param>
/// <param name="Help">What it does, in a sentence.</param>
/// <param name="IsForward">True of what hands points on.</param>
/// <param name="Fields">Its settings.</param>
internal sealed record SourceKindAnswer(string Name, string Title, string Help, bool IsForward, IReadOnlyList<SourceField> Fields)
{
    /// <summary>Of a kind.</summary>
    public static SourceKindAnswer From(SourceKind kind) => new(kind.Name, kind.Title, kind.Help, kind.IsForward, kind.Fields);
}

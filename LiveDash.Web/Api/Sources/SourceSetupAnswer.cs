using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Web.Api.Sources;

/// <summary>A source that was set up, and how it does.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Enabled">Whether it is to run.</param>
/// <param name="FromFile">True where it stands in the configuration's files and is changed there.</param>
/// <param name="Values">Its settings, secrets hidden.</param>
/// <param name="State">stopped, starting, running, failing or ended.</param>
/// <param name="Detail">What it says about its state, or null.</param>
/// <param name="Failures">How often it failed since the start.</param>
public sealed record SourceSetupAnswer(string Name, string Kind, bool Enabled, bool FromFile, IReadOnlyDictionary<string, string> Values, string State, string? Detail, long Failures)
{
    internal static SourceSetupAnswer From(SourceSetup setup, SourceBook book, SourceRunner runner)
    {
        var kind = book.KindOf(setup.Kind);
        var (phase, detail, failures) = runner.StateOf(setup.Name).Now;
        var values = setup.Values.ToDictionary(
            static pair => pair.Key,
            pair => kind?.Fields.FirstOrDefault(field => field.Key == pair.Key)?.Type == SourceFieldType.Secret && pair.Value.Length > 0 ? SourceKind.Hidden : pair.Value);
        return new(setup.Name, setup.Kind, setup.Enabled, setup.IsFromFile, values, phase, detail, failures);
    }
}

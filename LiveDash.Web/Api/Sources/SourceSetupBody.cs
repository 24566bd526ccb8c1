namespace LiveDash.Web.Api.Sources;

/// <summary>A source as it is set up.</summary>
/// <param name="Kind">What it is: see <c>/api/settings/source-kinds</c>.</param>
/// <param name="Values">Its settings; one left out has its default.</param>
/// <param name="Enabled">Whether it runs.</param>
public sealed record SourceSetupBody(string Kind, Dictionary<string, string>? Values = null, bool Enabled = true);

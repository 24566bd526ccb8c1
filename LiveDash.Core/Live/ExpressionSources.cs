using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;

namespace LiveDash.Core.Live;

/// <summary>What panels of expressions draw from. Immutable, so safe on any thread.</summary>
/// <param name="Engine">Evaluates the past.</param>
/// <param name="Shared">Judges as points arrive.</param>
/// <param name="Limits">What one evaluation may take.</param>
/// <param name="Catalog">Colours of series that an expression yields under their own names.</param>
/// <param name="Time">The clock, from which a live panel goes back.</param>
public sealed record ExpressionSources(QueryEngine Engine, SharedQueries Shared, QueryLimits Limits, SeriesCatalog Catalog, TimeProvider Time);

using LiveDash.Core.Model;
using LiveDash.Core.Statistics;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Statistics;

/// <summary>What the routes of statistics need.</summary>
internal sealed record StatisticsServices(SeriesCatalog Catalog, IPointStore Store, StatisticsReader Reader, TimeProvider Time);

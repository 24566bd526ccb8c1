using LiveDash.Web;

var app = LiveDashApp.Build(args);
await app.RunAsync();

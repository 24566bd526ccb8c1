using LiveDash.Web;

return await LiveDashApp.RunAsync(args);

"""Which fictional bodies, areas, kinds of crime and heads of account do the made papers speak of?"""

from __future__ import annotations

BODIES = (
    "Arrowmere", "Brackenshire", "Coldwater", "Dunmoor", "Elmsford", "Fallowdale", "Gristhorpe", "Hallowvale",
    "Inkpen", "Jarrowby", "Kettlesea", "Larkshire", "Mossbank", "Netherwold", "Oakhurst", "Penmarsh", "Quillford",
    "Ravensmoor", "Saltmere", "Thornbeck",
)  # fmt: skip
AREAS = (
    "Aldham", "Birchwood", "Carrow Bridge", "Dell and Weir", "Eastgate", "Fenside", "Greyfriars", "Hatherley",
    "Ironbridge Road", "Jubilee", "Kingsmead", "Lower Vale", "Millpond", "Newlands", "Old Quay", "Priory",
)  # fmt: skip
OFFENCES = (
    "Burglary", "Robbery", "Vehicle offences", "Shoplifting", "Criminal damage", "Arson", "Drug offences",
    "Public order offences", "Possession of weapons", "Bicycle theft", "Theft from the person", "Fraud",
    "Stalking and harassment", "Hate crime", "Rural crime", "Business crime",
)  # fmt: skip
HEADS = (
    "Police officer pay", "Police staff pay", "PCSO pay", "Overtime", "Premises", "Transport",
    "Supplies and services",
    "Agency and contracted services", "Capital financing", "Pensions", "Training", "Forensics", "Uniform",
    "Insurance", "Communications", "ICT licences",
)  # fmt: skip
SCHEMES = (
    "Custody refit", "Fleet renewal", "Network switches", "Body cameras", "Station roof", "Records system",
    "Charging points", "Firing range", "Dog kennels", "Front counters", "Telephony", "Lockers",
)  # fmt: skip
OUTCOMES = (
    "Upheld", "Not upheld", "Resolved locally", "Withdrawn", "Referred", "No further action", "Still open",
    "Transferred",
)  # fmt: skip
MEASURES = (
    "Victims of burglary", "Repeat missing children", "Emergency calls received", "Non-emergency calls received",
    "Stop and searches", "Drink drive arrests", "Recorded knife crime", "Antisocial behaviour incidents",
    "Arrests for domestic abuse", "Crimes recorded online", "Road casualties", "Complaints received",
    "Thefts of livestock", "Shops broken into", "Bail breaches", "Custody detainees", "Stalking warnings",
    "Drone sorties", "Forensic submissions", "Vehicles seized", "Fly tipping reports", "Sexual offences recorded",
    "Modern slavery referrals", "Mental health detentions", "Youth cautions", "Hoax calls", "Cyber offences",
    "Arson attacks", "Bicycles stolen", "Metal thefts", "Hate offences", "Armed deployments", "Football arrests",
    "Gun licences refused", "Speeding tickets", "Scams against pensioners",
)  # fmt: skip
SHARES = (
    "Victims satisfied", "Calls answered in ten seconds", "Emergencies attended in time", "Crimes solved",
    "Files returned on time", "Officers trained in first aid", "Domestic abuse arrests", "Charges authorised",
    "Residents who feel safe", "Detainees seen by a nurse", "Cameras switched on", "Exhibits found in time",
    "Staff appraised", "Posts filled", "Vans on the road", "Letters answered within a week",
)  # fmt: skip
MEETINGS = (
    "Strategy Board",
    "Accountability Meeting",
    "Joint Audit Committee",
    "Resources Panel",
    "Performance Board",
)
TOLD = (
    "Fingerprint searches", "Warrants executed", "Parking notices", "Lost property reports", "Vetting checks",
    "Firearms licences", "Visits to schools", "Volunteers", "Letters answered", "Courses completed",
)  # fmt: skip
"""Measures that only sentences speak of."""
